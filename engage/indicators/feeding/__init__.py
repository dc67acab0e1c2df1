"""How a survey feeds q: which question plays which part, and how people were found."""
