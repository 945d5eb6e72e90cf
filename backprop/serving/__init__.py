"""The only part that knows Flask, Socket.IO and gevent. Needs gevent's patches made before it is imported (app.py)."""
