"""Plans of surplus produce over HTTP: each is made by a child process, which stays to answer questions about it."""
