# The API alone: its ledger is in the volume /data, its graph in the service `neo4j` of docker-compose.yml.
# It listens on 127.0.0.1 only, so it needs the network of the host; see docs/decisions/0004.
FROM python:3.11-slim
RUN useradd --create-home --uid 10001 plumline && mkdir /data && chown plumline /data
WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY graph_schema graph_schema
COPY policy policy
COPY graph_store graph_store
COPY ledger ledger
COPY loaders loaders
COPY analysis analysis
COPY api api
COPY cli cli
RUN pip install --no-cache-dir --constraint constraints.txt .
USER plumline
ENV PLUMLINE_DATA=/data
VOLUME /data
CMD ["plumline", "serve", "--port", "8000"]
