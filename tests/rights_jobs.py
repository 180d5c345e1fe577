"""What stands in the addresses of jobs: one function a thing, for one side (rights_side.thing)."""
