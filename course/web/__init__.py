"""The routes and middleware around the pages: sessions, health, downloads, security headers, compressed assets."""
