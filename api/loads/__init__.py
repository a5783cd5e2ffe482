"""Loading over HTTP: uploads are kept in a spool, loaded one after the other by child processes, and told of."""
