"""Why an assistance plan is as it is: what keeps needs open, what more would bring, and who depends on whom."""
