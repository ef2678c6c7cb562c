// swift-tools-version: 6.1
import PackageDescription

/// What every target of our own is built with: imports stay private unless said, existentials are spelled out.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "Pommel",
    platforms: [.macOS(.v14)],
    products: [
        .library(name: "Pommel", targets: ["Pommel"]),
        .library(name: "PommelRuntime", targets: ["PommelRuntime"]),
        .library(name: "pommel-c", type: .static, targets: ["PommelC"]),
        .library(name: "pommel-c-command", type: .static, targets: ["PommelC", "CommandExport"]),
        .executable(name: "pommel", targets: ["pommel"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    ],
    targets: [
        // C libraries of the system.
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CBZip2", providers: [.apt(["libbz2-dev"])]),
        .systemLibrary(name: "CLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),

        // Inner loops, once for every machine and once for AVX2.
        .target(name: "CVectors"),

        // Numbers as text, and text into bytes; needs nothing.
        .target(name: "DecimalText", swiftSettings: house),

        // What threads share, one at a time; needs nothing.
        .target(name: "Locks", swiftSettings: house),

        // Front ends: documents to the model tree.
        .target(name: "XMLStream", dependencies: ["CLibXML2", "CZlib"], swiftSettings: house),
        .target(name: "ModelTree", swiftSettings: house),
        .target(name: "PMMLReader", dependencies: ["XMLStream", "ModelTree", "DecimalText"], swiftSettings: house),
        .target(name: "RReader", dependencies: ["ModelTree", "Locks", "CZlib", "CBZip2", "CLZMA"], swiftSettings: house),

        // What is wrong with a model that can be used all the same.
        .target(name: "ModelLint", dependencies: ["ModelTree"], swiftSettings: house),

        // Ways out of the model tree other than to tables.
        .target(name: "PMMLWriter", dependencies: ["ModelTree", "DecimalText"], swiftSettings: house),

        // Back end: the model tree to flat tables, and their execution. C only where a function is built once more for a wider machine.
        .target(
            name: "Evaluation",
            dependencies: ["CPCRE2", "CVectors", "DecimalText"],
            swiftSettings: house),
        .target(name: "TableCompiler", dependencies: ["ModelTree", "Evaluation"], swiftSettings: house),

        // Data in and out, and what people call.
        .target(name: "Tabular", dependencies: ["Evaluation"], swiftSettings: house),
        // What scores a .pommel file: neither libxml2 nor anything of documents.
        .target(name: "PommelRuntime", dependencies: ["Evaluation", "Locks"], swiftSettings: house),
        .executableTarget(name: "pommel-runtime-example", dependencies: ["PommelRuntime"], swiftSettings: house),
        .target(
            name: "Pommel",
            dependencies: [
                "PommelRuntime", "XMLStream", "PMMLReader", "RReader", "PMMLWriter", "ModelTree", "ModelLint", "TableCompiler", "Evaluation", "Tabular", "Locks",
                "CZlib",
            ],
            swiftSettings: house),
        // What programs in other languages call: functions of C, declared by a header of ours.
        .target(name: "CPommel", exclude: ["command.c", "exports.map", "install.sh", "pommel.pc.in"]),
        .target(name: "PommelC", dependencies: ["CPommel", "Pommel", "PMMLWriter", "Evaluation", "DecimalText", "Locks"], swiftSettings: house),
        .target(name: "Conformance", dependencies: ["Pommel", "Locks"], swiftSettings: house),
        .target(
            name: "PommelCLI",
            dependencies: [
                "Pommel", "PMMLWriter", "Conformance", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house),
        .target(name: "CommandExport", dependencies: ["PommelCLI"], swiftSettings: house),
        .executableTarget(name: "pommel", dependencies: ["PommelCLI"], path: "Sources/pommel-command", swiftSettings: house),

        .testTarget(name: "DecimalTextTests", dependencies: ["DecimalText"], swiftSettings: house),
        .testTarget(name: "PMMLReaderTests", dependencies: ["PMMLReader", "ModelTree", "XMLStream"], swiftSettings: house),
        .testTarget(name: "RReaderTests", dependencies: ["RReader", "ModelTree"], swiftSettings: house),
        .testTarget(name: "EvaluationTests", dependencies: ["Evaluation", "ModelTree", "TableCompiler"], swiftSettings: house),
        .testTarget(name: "TableCompilerTests", dependencies: ["TableCompiler", "PMMLReader", "ModelTree", "Evaluation"], swiftSettings: house),
        .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
        .testTarget(
            name: "NativeFileTests", dependencies: ["Pommel", "Conformance", "Evaluation", "Tabular", "CAllocationCount"], swiftSettings: house),
        .testTarget(name: "DocumentationTests", dependencies: ["Pommel", "Conformance", "Evaluation", "PMMLReader", "PMMLWriter"], swiftSettings: house),
        .testTarget(name: "TabularTests", dependencies: ["Tabular", "Evaluation"], swiftSettings: house),
        .testTarget(name: "EvaluationTemporalTests", dependencies: ["Evaluation"], swiftSettings: house),
        .testTarget(name: "EvaluationTreeTests", dependencies: ["Evaluation", "CVectors", "CAllocationCount"], swiftSettings: house),
        .testTarget(
            name: "PMMLWriterTests",
            dependencies: ["PMMLWriter", "PMMLReader", "ModelTree", "Pommel", "Conformance", "CLibXML2"], swiftSettings: house),
        .testTarget(name: "PommelTests", dependencies: ["Pommel", "Evaluation"], swiftSettings: house),
        .testTarget(
            name: "ConformanceTests", dependencies: ["Conformance", "Pommel"],
            exclude: ["expected-failures.txt", "expected-fixture-failures.txt", "expected-saved-differences.txt"], swiftSettings: house),
        .testTarget(name: "PommelCLITests", dependencies: ["pommel", "PommelCLI", "Pommel", "Tabular"], swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)
