"""What is Dutch about finding: folding, words, stems, compounds, spelling. Text in, text out; no database."""
