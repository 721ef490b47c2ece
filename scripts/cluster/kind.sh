# Shell variables (source it): the names of what scripts/up makes with kind.
KIND_CLUSTER=brr
KIND_REGISTRY=brr-registry
KIND_REGISTRY_PORT=5001
