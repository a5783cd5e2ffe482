"""Plans over HTTP: each is made by a child process, which stays to answer questions about it. One folder per kind."""
