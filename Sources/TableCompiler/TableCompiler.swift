public import Evaluation
public import ModelTree

/// Compiles documents to evaluation tables.
public enum TableCompiler {
    /// A native image and what was remarked on the way.
    public struct Output: Sendable {
        /// A `.pommel` file in memory.
        public var image: ProgramImage
        public var warnings: [Diagnostic]
    }

    /// For readers of documents: works out what it can of a forest's large trees while the reading goes on.
    ///
    /// A document read with it may turn out not to be as plain as its trees look. Whatever error compiling then throws says little:
    /// read the document again without it (``Document/hasDigests``).
    public static let digest: TreeDigesting = { PlainTree.digest($0, classifies: $1) }

    /// Compiles one model of a document.
    ///
    /// - Parameters:
    ///   - modelName: which of several models; nil takes the first that can be scored.
    ///   - isLast: whether the document will not be used again, so that large trees may be given up on the way.
    /// - Throws: ``CompileError`` with the place of the element that cannot be compiled.
    public static func compile(_ document: Document, modelName: String? = nil, isLast: Bool = false) throws(CompileError) -> Output {
        let compiler = Compiler(document)
        compiler.releasesTrees = isLast
        try compiler.compile(modelName)
        do throws(FormatError) {
            return Output(image: try compiler.builder.finish(), warnings: compiler.warnings)
        } catch {
            throw CompileError("image", "the tables cannot be laid out: \(error.message)", at: .none)
        }
    }
}

extension Compiler {
    func compile(_ modelName: String?) throws(CompileError) {
        let model = try choose(modelName)
        let root = Scope(basis)
        for field in basis.repeatedFields {
            warn("duplicate-field", "DataField \"\(field.name)\" stands twice; the first counts", at: field.location)
        }
        guard let model else {
            try addTransformerResults(root)
            describe(nil)
            return
        }
        let result = try lower(model, in: root, active: nil, outer: nil, demand: [], isOutermost: true)
        addResults(result, model)
        try addDerivedFields(model, root)
        addVerification(model)
        describe(model)
    }

    private func choose(_ name: String?) throws(CompileError) -> Model? {
        if let name {
            guard let found = document.models.first(where: { $0.modelName == name }) else {
                throw CompileError.unknownModel(name, of: document.models.compactMap(\.modelName), at: document.location)
            }
            guard found.isScorable else { throw CompileError.notScorable(found.element, at: found.location) }
            return found
        }
        if let chosenModel { return document.models[chosenModel] }
        if let found = document.models.first(where: \.isScorable) {
            if document.models.count > 1 {
                warn("several-models", "the document has \(document.models.count) models; the first that can be scored is used", at: found.location)
            }
            return found
        }
        if let only = document.models.first { throw CompileError.notScorable(only.element, at: only.location) }
        if document.transformations.derivedFields.isEmpty { throw CompileError.noModel(at: document.location) }
        return nil
    }

    /// Target, outputs: what `score` writes.
    private func addResults(_ result: ModelResult, _ model: Model) {
        var written: Set<String> = []
        for target in [result] + result.others {
            let name = target.target ?? "predictedValue"
            if !written.insert(name).inserted { continue }
            if let own = result.outputs.first(where: { $0.field.name == name && $0.field.isFinalResult }) {
                add(own.value, name, own.field.displayName, .output, own.field.feature.rawValue, own.field.value, isDefault: true)
            } else {
                add(target.value, name, nil, .target, "predictedValue", nil, isDefault: true)
            }
        }
        for output in result.outputs where !written.contains(output.field.name) {
            written.insert(output.field.name)
            add(
                output.value, output.field.name, output.field.displayName, .output, output.field.feature.rawValue, output.field.value,
                isDefault: output.field.isFinalResult)
        }
    }

    private func add(
        _ value: TypedValue, _ name: String, _ displayName: String?, _ role: ResultField.Role, _ feature: String, _ category: String?,
        isDefault: Bool
    ) {
        builder.schema.results.append(ResultField(
            name: name, displayName: displayName, type: value.elementType ?? value.type, opType: value.opType, role: role, feature: feature,
            value: category, register: value.register, elementType: value.elementType, isDefault: isDefault))
    }

    /// Derived fields can be asked for by name; one that cannot be computed is left out with a remark.
    private func addDerivedFields(_ model: Model, _ root: Scope) throws(CompileError) {
        guard let scope = outermostScope else { return }
        isOffering = true
        defer { isOffering = false }
        var written = Set(builder.schema.results.map(\.name))
        for field in model.localTransformations.derivedFields + document.transformations.derivedFields {
            guard let name = field.name, written.insert(name).inserted else { continue }
            do throws(CompileError) {
                let value = try scope.value(of: name, at: field.location, self)
                add(value, name, field.displayName, .derived, "", nil, isDefault: false)
            } catch {
                warn(error.id, "DerivedField \"\(name)\" cannot be computed: \(error.message)", at: error.location)
                // Each of those that lead to it would go all the way again.
                if error.id == "nesting-limit" { break }
            }
        }
    }

    /// A document without a model is a transformer: its derived fields are the results.
    private func addTransformerResults(_ root: Scope) throws(CompileError) {
        for field in document.transformations.derivedFields {
            guard let name = field.name else { continue }
            add(try root.value(of: name, at: field.location, self), name, field.displayName, .derived, "", nil, isDefault: true)
        }
    }

    private func addVerification(_ model: Model) {
        guard let verification = model.verification else { return }
        let places = verification.table.columnPlaces
        let columns = verification.fields.map { places[$0.column] }
        builder.schema.verification = VerificationTable(
            fields: verification.fields.map { .init(name: $0.field, precision: $0.precision, zeroThreshold: $0.zeroThreshold) },
            rows: verification.table.rows.map { row in columns.map { $0.flatMap { row[$0] } } })
    }
}
