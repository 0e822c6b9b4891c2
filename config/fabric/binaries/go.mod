// Builds Hyperledger Fabric's programs for ./yiqi fabric where no official release can be had; see docs/fabric.md.
module yiqi.org/fabric/binaries

go 1.24.2

// Release v3.1.1: its tag is not a version that Go accepts for this module path, so its commit is named in canonical form.
require github.com/hyperledger/fabric v1.4.0-rc1.0.20250510200036-435a7f1a780a
