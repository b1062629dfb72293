"""Settings, routes and the entry of the web server."""
