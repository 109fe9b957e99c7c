# The three images, from one compilation:
#
#     docker buildx bake                 # frontend:latest, backend:latest and mcp:latest
#     docker buildx bake backend         # one of them
#     docker buildx bake --print         # what would be done
#
# For a registry:
#
#     REGISTRY=ghcr.io/somebody/ TAG=1.2.0 PLATFORMS=linux/amd64,linux/arm64 docker buildx bake --push
#
# Further arguments of the Dockerfiles, such as a mirror of a base image: --set '*.args.RUNTIME=…'

variable "REGISTRY" {
  description = "What stands before the names, with its slash at the end"
  default     = ""
}

variable "TAG" {
  default = "latest"
}

variable "PLATFORMS" {
  description = "Platforms with commas between; the builder's own when empty"
  default     = ""
}

# Labels. Unset ones keep the defaults of the Dockerfiles, which never change: the same sources give the same image.

variable "VERSION" {
  default = null
}

variable "REVISION" {
  description = "The commit"
  default     = null
}

variable "CREATED" {
  description = "When, as in 2026-11-21T15:00:00Z"
  default     = null
}

variable "SOURCE" {
  description = "Where the sources are, as a URL"
  default     = null
}

group "default" {
  targets = ["image"]
}

target "image" {
  name       = component
  matrix     = { component = ["frontend", "backend", "mcp"] }
  context    = "."
  dockerfile = "${component}/Dockerfile"
  tags       = ["${REGISTRY}${component}:${TAG}"]
  platforms  = PLATFORMS == "" ? [] : split(",", PLATFORMS)
  args = {
    VERSION  = VERSION
    REVISION = REVISION
    CREATED  = CREATED
    SOURCE   = SOURCE
  }
}
