"""How learning is counted: attempts, draws, reveals, scores, progress. Pure: time and seeds are arguments."""
