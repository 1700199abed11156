"""What drives a server as a browser would: processes with their processor time, and visitors over the websocket."""
