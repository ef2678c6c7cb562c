import Evaluation

extension Model {
    /// What the model says of itself: the JSON of `pommel inspect`, of the C interface and of everything above that.
    ///
    /// - Parameter outputs: what to list as outputs; nil takes the target and every output.
    package func description(outputs: [ResultField]? = nil) -> JSON {
        let outputs = outputs ?? schema.results.filter { $0.role != .derived }
        return JSON.members([
            "file": .string(name),
            "format": .string(isNative ? "pommel" : isSavedByR ? "r" : "pmml"),
            "properties": .object(schema.properties.map { JSON.Member(name: $0.name, value: .string($0.value)) }),
            "inputs": .array(schema.inputs.map(JSON.init(describing:))),
            "outputs": .array(outputs.map(JSON.init(describing:))),
            "derivedFields": .array(schema.results.filter { $0.role == .derived }.map(JSON.init(describing:))),
            "structure": .array(schema.structure.map { JSON.members(["depth": .int($0.depth), "text": .string($0.text)]) }),
            "vendorMarkup": .strings(schema.vendorMarkup),
            "tableBytes": .int(nativeByteCount),
            "verificationRecords": .int(schema.verification?.rows.count ?? 0),
            "stateful": .boolean(schema.isStateful),
            "warnings": .array(warnings.map { JSON(Finding(severity: .warning, id: $0.id, message: $0.message, place: $0.place)) }),
        ])
    }
}

extension JSON {
    init(describing input: InputField) {
        self = JSON.members([
            "name": .string(input.name), "displayName": input.displayName.map(JSON.string), "dataType": .string(input.type.name),
            "opType": .string(input.opType.name), "usageType": .string(input.usage), "required": .boolean(input.isRequired),
            "isList": input.register.kind == .list ? .boolean(true) : nil,
            "values": input.values.isEmpty ? nil : .strings(input.values),
            "intervals": input.intervals.isEmpty ? nil : .strings(input.intervals),
        ])
    }

    init(describing result: ResultField) {
        self = JSON.members([
            "name": .string(result.name), "displayName": result.displayName.map(JSON.string), "dataType": .string(result.type.name),
            "opType": .string(result.opType.name), "role": .string(result.role.name),
            "feature": result.feature.isEmpty ? nil : .string(result.feature), "value": result.value.map(JSON.string),
            "isList": result.register.kind == .list ? .boolean(true) : nil, "default": .boolean(result.isDefault),
        ])
    }

    /// A finding with its place, as far as it is known.
    package init(_ finding: Finding) {
        let place = finding.place
        self = JSON.members([
            "severity": .string(finding.severity.rawValue), "id": .string(finding.id), "message": .string(finding.message), "file": .string(place.file),
            "line": place.line.map(JSON.int), "column": place.column.map(JSON.int), "path": place.path.map(JSON.string),
            "section": place.section.map(JSON.string), "offset": place.offset.map(JSON.int), "fix": finding.fix.map(JSON.string),
        ])
    }
}

extension Diagnosis {
    /// What was found in a file: the JSON of `pommel validate`, of the C interface and of everything above that.
    ///
    /// - Parameter shown: the findings to tell; nil tells all.
    package func description(of path: String, _ shown: [Finding]? = nil) -> JSON {
        JSON.members([
            "file": .string(path), "valid": .boolean(isUsable), "diagnostics": .array((shown ?? findings).map { JSON($0) }),
        ])
    }
}

extension ResultField.Role {
    package var name: String {
        switch self {
        case .target: "target"
        case .output: "output"
        case .derived: "derived"
        }
    }
}
