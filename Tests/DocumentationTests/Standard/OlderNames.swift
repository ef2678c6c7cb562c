/// What versions before 4.4 had and 4.4.1 has no more; it is read where it changes a score.
enum OlderNames {
    static let elements: Set<String> = ["CenterFields", "Trend"]
    static let attributes: Set<String> = [
        "Level@quadraticSmoothedValue", "Level@cubicSmoothedValue", "NormDiscrete@method", "SupportVectorMachineModel@alternateBinaryTargetCategory",
    ]
}
