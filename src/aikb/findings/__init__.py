"""What is wrong with the notes, said in one place.

| place | what it does |
| --- | --- |
| `finding` | makes a finding: severity and words from the table, line and column from the text |
| `codes/` | the table of findings: name, severity, words, explanation, example |
| `report/` | findings as text, JSON, GitHub annotations and SARIF |
"""
