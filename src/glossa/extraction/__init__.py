"""From English articles to the terms in them: pure functions over texts."""
