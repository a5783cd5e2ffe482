"""Why a household is at risk, in parts and in words: what several questions compose their answers from."""
