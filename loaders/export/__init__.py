"""The graph and the facts as files that other programs read: Parquet, CSV, GraphML, `neo4j-admin` import files."""
