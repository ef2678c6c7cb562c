// https://dmg.org/pmml/v4-4-1/SupportVectorMachine.html
import ModelTree

extension SupportVectorMachineModel {
    /// Whether a single machine names its other category on the model, as in 3.1 and 3.2, where that means that values near
    /// 1 are the target's.
    fileprivate var isOld: Bool {
        alternateBinaryTargetCategory != nil && machines.count == 1 && machines[0].alternateTargetCategory == nil
            && machines[0].targetCategory != nil
    }
}

extension DocumentWriter {
    func writeAttributes(_ model: SupportVectorMachineModel) {
        // Since 4.3 the higher value can win; in between there was no way to say what 3.2 did.
        let isRespelled = model.isOld && version >= .v4_3
        if let threshold = model.threshold ?? (isRespelled ? 0.5 : nil) { out.attribute("threshold", number: threshold) }
        if model.representation != .supportVectors { out.attribute("svmRepresentation", model.representation.rawValue) }
        if let method = model.classificationMethod, version >= .v4_0 || !model.isOneAgainstAll { out.attribute("classificationMethod", method.rawValue) }
        if model.maxWins || isRespelled { out.attribute("maxWins", flag: true) }
        if model.isOld, !isRespelled { out.attribute("alternateBinaryTargetCategory", model.alternateBinaryTargetCategory) }
    }

    func write(_ machine: SupportVectorMachineModel, of model: Model) {
        write(machine.kernel)
        let fields = machine.fields ?? model.miningSchema.fields.filter { $0.usageType == .active }.map {
            .field(FieldRef(field: $0.name), $0.location)
        }
        out.element("VectorDictionary") {
            out.attribute("numberOfVectors", integer: machine.vectors.count)
            out.element("VectorFields") {
                out.attribute("numberOfFields", integer: fields.count)
                for field in fields {
                    switch field {
                    case .field(let reference, let location):
                        let outer = out.place
                        out.place = location
                        write(reference)
                        out.place = outer
                    case .category(let predictor): write(predictor)
                    }
                }
            }
            for (index, vector) in machine.vectors.enumerated() {
                out.element("VectorInstance") {
                    out.attribute("id", integer: index + 1)
                    write(vector: vector)
                }
            }
        }
        for one in machine.machines { write(one, of: machine, fields: fields.count) }
    }

    /// Whichever of the two kinds of array is the shorter.
    private func write(vector: [Double]) {
        let entries = vector.indices.filter { vector[$0] != 0 || vector[$0].sign == .minus }
        if entries.count * 2 < vector.count, vector.count > 4 {
            write(SparseArray(count: vector.count, indices: Array(entries), entries: entries.map { vector[$0] }))
        } else {
            write(numbers: vector)
        }
    }

    private func write(_ kernel: SupportVectorMachineModel.Kernel) {
        switch kernel {
        case .linear: out.element("LinearKernelType")
        case .polynomial(let gamma, let coef0, let degree):
            out.element("PolynomialKernelType") {
                out.attribute("gamma", number: gamma)
                out.attribute("coef0", number: coef0)
                out.attribute("degree", number: degree)
            }
        case .radialBasis(let gamma): out.element("RadialBasisKernelType") { out.attribute("gamma", number: gamma) }
        case .sigmoid(let gamma, let coef0):
            out.element("SigmoidKernelType") {
                out.attribute("gamma", number: gamma)
                out.attribute("coef0", number: coef0)
            }
        }
    }

    private func write(_ machine: SupportVectorMachineModel.Machine, of model: SupportVectorMachineModel, fields: Int) {
        out.element("SupportVectorMachine", at: machine.location) {
            out.attribute("targetCategory", machine.targetCategory)
            let isRespelled = model.isOld && version >= .v4_3
            out.attribute("alternateTargetCategory", isRespelled ? model.alternateBinaryTargetCategory : machine.alternateTargetCategory)
            out.attribute("threshold", number: machine.threshold)
            if !machine.vectors.isEmpty {
                out.element("SupportVectors") {
                    out.attribute("numberOfSupportVectors", integer: machine.vectors.count)
                    out.attribute("numberOfAttributes", integer: fields)
                    for vector in machine.vectors { out.element("SupportVector") { out.attribute("vectorId", integer: vector + 1) } }
                }
            }
            out.element("Coefficients") {
                out.attribute("numberOfCoefficients", integer: machine.coefficients.count)
                if machine.absoluteValue != 0 { out.attribute("absoluteValue", number: machine.absoluteValue) }
                for coefficient in machine.coefficients { out.element("Coefficient") { out.attribute("value", number: coefficient) } }
            }
        }
    }
}

extension SupportVectorMachineModel {
    /// Whether each machine stands for one category and against all others, which 3.2 did not say.
    fileprivate var isOneAgainstAll: Bool {
        classificationMethod == .oneAgainstAll && machines.count > 1 && machines.allSatisfy { $0.alternateTargetCategory == nil }
    }
}
