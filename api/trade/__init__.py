"""Trade over HTTP: what people promise, bring, pay and want, entered as facts."""
