// swift-tools-version: 6.1
import PackageDescription

/// A package of its own, so that the main one builds without sanitizers. `fuzz/run` gives the flags that instrument all modules, those of
/// the main package included.
let targets = ["PMML", "NativeFile", "SavedByR", "Delimited", "JSONLines", "Numbers"]

let package = Package(
    name: "Fuzz",
    platforms: [.macOS(.v14)],
    dependencies: [.package(name: "Pommel", path: "..")],
    targets: [
        .systemLibrary(name: "CLibFuzzer"),
        .systemLibrary(name: "CPommelHeader"),
        .target(name: "FuzzSupport", dependencies: ["CLibFuzzer", .product(name: "Pommel", package: "Pommel")]),
    ] + targets.map { name in
        .executableTarget(
            name: "Fuzz" + name, dependencies: ["FuzzSupport", .product(name: "Pommel", package: "Pommel")],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])])
    } + [
        // Threads; its sanitizer is the other one (`fuzz/stress`).
        .executableTarget(
            name: "Stress",
            dependencies: [
                "CPommelHeader", .product(name: "Pommel", package: "Pommel"), .product(name: "pommel-c", package: "Pommel"),
                .product(name: "pommel", package: "Pommel"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
