"""What every capability stands on and what knows nothing of factories: writing, numbers, words, time."""
