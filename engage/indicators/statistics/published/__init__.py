"""Each published function on JSON: one object in, one object out, with the names of its inputs."""
