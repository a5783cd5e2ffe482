"""Pictures of answers: where each box stands, and the files a person looks at or hands on."""
