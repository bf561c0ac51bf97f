"""Floor 2: what outlasts the server, in files on disk. The only package that writes any; knows nothing of who asks."""
