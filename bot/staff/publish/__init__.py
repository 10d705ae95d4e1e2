"""From submitted content to what serves: a candidate release, the gate, a second person's approval, live, and back.

Read in this order: tables, expected, candidates, trial, gate, job, approval, live, pages.
"""
