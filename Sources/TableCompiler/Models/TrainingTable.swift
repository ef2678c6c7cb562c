// https://dmg.org/pmml/v4-4-1/KNN.html#xsdElement_TrainingInstances

import Evaluation
import ModelTree

/// The training instances of a nearest neighbor model, and what the inputs' derived fields make of them.
struct TrainingTable {
    let instances: TrainingInstances
    /// The table's column of each instance field.
    private let columns: [String: Int]
    private let missingTexts: [String: Set<String>]

    init(_ instances: TrainingInstances, _ context: ModelContext) throws(CompileError) {
        self.instances = instances
        var columns: [String: Int] = [:]
        var missing: [String: Set<String>] = [:]
        let places = instances.table.columnPlaces
        for field in instances.fields {
            guard let at = places[field.column] else {
                // A column that no row has is missing everywhere.
                columns[field.field] = .max
                continue
            }
            columns[field.field] = at
            if let dataField = context.scope.dataField(field.field) {
                missing[field.field] = Set(dataField.values.filter { $0.property == .missing }.map(\.value))
            }
        }
        self.columns = columns
        missingTexts = missing
        guard !instances.table.rows.isEmpty else {
            throw CompileError("training-instances", "there are no training instances", at: instances.table.location)
        }
    }

    var count: Int { instances.table.rows.count }

    /// The cells of an instance field as they are written; nil if there is no such field.
    func cells(_ field: String) -> [String?]? {
        guard let at = columns[field] else { return nil }
        let missing = missingTexts[field] ?? []
        return instances.table.rows.map { row in
            guard at < row.count, let text = row[at], !missing.contains(text) else { return nil }
            return text
        }
    }

    /// A cell as a number; nil for what is no number, NaN for none.
    static func number(_ text: String?, as type: ValueType) -> Double? {
        guard let text, text.contains(where: { !$0.isWhitespace }) else { return .nan }
        return Literal.number(text, as: type)
    }

    /// An input's values over the instances, as text.
    ///
    /// An input that is no instance field derives from those that are: its expression is evaluated for every instance.
    func inputs(_ names: [String], _ outer: Compiler, _ context: ModelContext) throws(CompileError) -> [String: [String?]] {
        var found: [String: [String?]] = [:]
        var derived: [String] = []
        for name in names {
            if let cells = cells(name) { found[name] = cells } else { derived.append(name) }
        }
        if derived.isEmpty { return found }
        if instances.isTransformed, let name = derived.first {
            throw CompileError("training-field", "input \"\(name)\" has no InstanceField", at: instances.table.location)
        }
        for (name, cells) in zip(derived, try evaluate(derived, outer, context)) { found[name] = cells }
        return found
    }

    private func evaluate(_ names: [String], _ outer: Compiler, _ context: ModelContext) throws(CompileError) -> [[String?]] {
        let compiler = Compiler(outer.document, outer.basis)
        let scope = Scope(.model, parent: Scope(outer.basis), blockDepth: 0, isFloat: context.model.isFloat)
        var above: Scope? = context.scope
        while let level = above, level.level != .document {
            for name in level.derivedNames where columns[name] == nil && scope.isUndefined(name) {
                if let field = level.derivedField(name) { scope.define(field) }
            }
            above = level.parent
        }
        var filled: [(name: String, value: TypedValue)] = []
        for field in instances.fields {
            let dataField = context.scope.dataField(field.field)
            let derivedField = context.scope.derivedField(field.field)
            let type = dataField?.dataType.valueType ?? derivedField?.dataType.valueType ?? .string
            let opType = dataField?.opType.operational ?? derivedField?.opType.operational
            var value = TypedValue(compiler.builder.inputRegister(type.kind), type, opType)
            if opType == .ordinal { value.order = (dataField?.values ?? derivedField?.values ?? []).order }
            compiler.builder.schema.inputs.append(
                InputField(name: field.field, type: type, opType: value.opType, usage: "active", register: value.register))
            scope.define(field.field, value)
            filled.append((field.field, value))
        }
        for name in names {
            var value = try scope.value(of: name, at: instances.table.location, compiler)
            value = try compiler.convert(value, to: .string, at: instances.table.location)
            compiler.builder.schema.results.append(
                ResultField(name: name, type: .string, opType: .categorical, role: .derived, feature: "", register: value.register))
        }
        if compiler.builder.schema.inputs.count > filled.count {
            let lacking = compiler.builder.schema.inputs[filled.count].name
            throw CompileError(
                "training-field", "an input derives from field \"\(lacking)\", which has no InstanceField", at: instances.table.location)
        }
        do {
            return try run(Program(image: compiler.builder.finish()), filled)
        } catch let error as CompileError {
            throw error
        } catch {
            throw CompileError("training-instances", "the instances' derived fields cannot be evaluated: \(error)", at: instances.table.location)
        }
    }

    /// Evaluates the program's results over the table.
    private func run(_ program: Program, _ filled: [(name: String, value: TypedValue)]) throws -> [[String?]] {
        let plan = Plan(program)
        let frame = Frame(plan: plan)
        let cells = filled.map { self.cells($0.name) ?? [] }
        var results = [[String?]](repeating: [], count: plan.results.count)
        var start = 0
        while start < count {
            frame.begin()
            frame.count = min(frame.capacity, count - start)
            for (column, field) in zip(cells, filled) {
                let register = field.value.register
                let status = frame.status(register.index)
                for row in 0..<frame.count {
                    let text = start + row < column.count ? column[start + row] : nil
                    status[row] = 0
                    if field.value.isText {
                        if let text { frame.codes(register.index)[row] = frame.intern(text) } else { status[row] = CellStatus.missing }
                        continue
                    }
                    guard let number = Self.number(text, as: field.value.type) else {
                        throw CompileError(
                            "training-instances", "\"\(text ?? "")\" is no value of instance field \"\(field.name)\"", at: instances.table.location)
                    }
                    frame.numbers(register.index)[row] = number
                    if number.isNaN { status[row] = CellStatus.missing }
                }
            }
            frame.run()
            for (index, result) in plan.results.enumerated() {
                let (codes, status) = (frame.codes(result.register.index), frame.status(result.register.index))
                for row in 0..<frame.count {
                    results[index].append(
                        status[row] & CellStatus.missing != 0 ? nil : String(decoding: frame.text(codes[row]), as: UTF8.self))
                }
            }
            start += frame.count
        }
        return results
    }
}
