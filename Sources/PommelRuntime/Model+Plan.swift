import Evaluation

extension Model {
    /// What to compute for the named fields, in that order: the target, outputs, derived fields and inputs.
    ///
    /// - Parameter fields: nil takes the target and every output.
    /// - Throws: ``PommelError`` with id `unknown-field` for a name that the model does not know.
    public func plan(fields: [String]? = nil) throws(PommelError) -> Plan {
        guard let fields else { return Plan(program) }
        var chosen: [ResultField] = []
        for name in fields {
            guard let field = field(named: name) else {
                let known = schema.results.map(\.name) + schema.inputs.map(\.name)
                let hint = NearestName.hint(name, among: known)
                throw PommelError(
                    id: "unknown-field",
                    message: "the model has no output, derived field or input named \"\(name)\""
                        + (hint.isEmpty ? "; it has \(known.prefix(10).joined(separator: ", "))" : hint),
                    place: .init(file: self.name))
            }
            chosen.append(field)
        }
        return Plan(program, fields: chosen)
    }

    private func field(named name: String) -> ResultField? {
        let named = schema.results.filter { $0.name == name }
        if let found = named.first(where: \.isDefault) ?? named.first { return found }
        guard let input = schema.inputs.first(where: { $0.name == name }) else { return nil }
        return ResultField(
            name: name, displayName: input.displayName, type: input.type, opType: input.opType, role: .derived, feature: "",
            register: input.register, elementType: input.elementType)
    }
}
