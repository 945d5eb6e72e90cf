"""The load that a server of one process carries: real WebSocket clients, in processes of their own."""
