// https://dmg.org/pmml/v4-4-1/SupportVectorMachine.html
import ModelTree

/// `SupportVectorMachineModel`
final class SupportVectorMachineModelReader: ModelReader {
    private var model: SupportVectorMachineModel
    private var hasKernel = false
    private var hasDictionary = false
    private var vectorNumbers: [String: Int] = [:]

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        model = SupportVectorMachineModel(
            representation: try attributes.choice(.svmRepresentation) ?? .supportVectors,
            classificationMethod: try attributes.choice(.classificationMethod), threshold: try attributes.number(.threshold),
            maxWins: try attributes.flag(.maxWins) ?? false,
            alternateBinaryTargetCategory: try attributes.string(.alternateBinaryTargetCategory))
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .linearKernelType, .polynomialKernelType, .radialBasisKernelType, .sigmoidKernelType:
            try once(hasKernel, "kernel")
            hasKernel = true
            attributes.ignore(.description)
            model.kernel = try kernel(element, attributes)
            return .leaf
        case .vectorDictionary:
            try once(hasDictionary)
            hasDictionary = true
            attributes.ignore(.numberOfVectors)
            return .reader(VectorDictionaryReader(document) { [unowned self] fields, ids, vectors in
                model.fields = fields
                model.vectors = vectors
                for (index, id) in ids.enumerated() { vectorNumbers[id] = index }
            })
        case .supportVectorMachine:
            return .reader(try SupportVectorMachineReader(document, attributes, vector: { [unowned self] in vectorNumbers[$0] }) {
                [unowned self] in model.machines.append($0)
            })
        default: return nil
        }
    }

    private func kernel(_ element: Element, _ attributes: Attributes) throws -> SupportVectorMachineModel.Kernel {
        switch element {
        case .polynomialKernelType:
            .polynomial(
                gamma: try attributes.number(.gamma) ?? 1, coef0: try attributes.number(.coef0) ?? 1, degree: try attributes.number(.degree) ?? 1)
        case .radialBasisKernelType: .radialBasis(gamma: try attributes.number(.gamma) ?? 1)
        case .sigmoidKernelType: .sigmoid(gamma: try attributes.number(.gamma) ?? 1, coef0: try attributes.number(.coef0) ?? 1)
        default: .linear
        }
    }

    override func kind() throws -> ModelKind {
        if !hasKernel { throw problem(.missingElement("a kernel", in: name)) }
        if model.machines.isEmpty { throw problem(.missingElement("a SupportVectorMachine", in: name)) }
        return .supportVectorMachine(model)
    }
}

/// `VectorDictionary` with its `VectorFields` and `VectorInstance`
final class VectorDictionaryReader: ElementReader {
    typealias Receive = (_ fields: [SupportVectorMachineModel.VectorField]?, _ ids: [String], _ vectors: [[Double]]) throws -> Void

    private var fields: [SupportVectorMachineModel.VectorField]?
    private var ids: [String] = []
    private var vectors: [[Double]] = []
    private let receive: Receive

    init(_ document: DocumentReader, _ receive: @escaping Receive) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .vectorFields:
            try once(fields != nil)
            fields = []
            attributes.ignore(.numberOfFields)
            return .inPlace
        case .fieldRef:
            fields?.append(.field(try fieldRef(attributes), document.here()))
            return .leaf
        case .categoricalPredictor:
            fields?.append(.category(
                RegressionTable.CategoricalPredictor(
                    field: try attributes.requiredString(.name), value: try attributes.requiredString(.value),
                    coefficient: try attributes.requiredNumber(.coefficient), location: document.here())))
            return .leaf
        case .vectorInstance:
            ids.append(try attributes.requiredString(.id))
            return .inPlace
        case .array where ids.count == vectors.count + 1:
            return .reader(try NumberArrayReader(document, attributes) { [unowned self] in vectors.append($0) })
        case .realSparseArray, .intSparseArray:
            guard ids.count == vectors.count + 1 else { return nil }
            return .reader(try SparseArrayReader(document, attributes) { [unowned self] array in
                let length = max(array.count ?? fields?.count ?? 0, (array.indices.max() ?? -1) + 1)
                // Without `n` the array is as long as the fields are many.
                if array.count == nil { try document.allow(impliedCells: length, at: place) }
                vectors.append(array.dense(length))
            })
        default: return nil
        }
    }

    override func end(of element: Element) throws {
        if element == .vectorInstance, vectors.count < ids.count {
            throw document.error(.missingElement("an array", in: element.rawValue))
        }
    }

    override func end() throws { try receive(fields, ids, vectors) }
}

/// `SupportVectorMachine` with its `SupportVectors` and `Coefficients`
final class SupportVectorMachineReader: ElementReader {
    private var machine: SupportVectorMachineModel.Machine
    private let vector: (String) -> Int?
    private let receive: (SupportVectorMachineModel.Machine) -> Void

    init(
        _ document: DocumentReader, _ attributes: Attributes, vector: @escaping (String) -> Int?,
        _ receive: @escaping (SupportVectorMachineModel.Machine) -> Void
    ) throws {
        self.vector = vector
        self.receive = receive
        machine = SupportVectorMachineModel.Machine(
            targetCategory: try attributes.string(.targetCategory),
            alternateTargetCategory: try attributes.string(.alternateTargetCategory), threshold: try attributes.number(.threshold))
        super.init(document)
        machine.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .supportVectors:
            attributes.ignore(.numberOfSupportVectors, .numberOfAttributes)
            return .inPlace
        case .supportVector:
            let id = try attributes.requiredString(.vectorId)
            guard let number = vector(id) else { throw attributes.badValue(.vectorId, id, expected: ["the ids of the VectorInstances"]) }
            machine.vectors.append(number)
            return .leaf
        case .coefficients:
            machine.absoluteValue = try attributes.number(.absoluteValue) ?? 0
            attributes.ignore(.numberOfCoefficients)
            return .inPlace
        case .coefficient:
            machine.coefficients.append(try attributes.number(.value) ?? 0)
            return .leaf
        default: return nil
        }
    }

    override func end() throws { receive(machine) }
}
