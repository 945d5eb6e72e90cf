"""A class together: what it knows, where that is kept, what may be done with it. Knows no Flask and no Socket.IO."""
