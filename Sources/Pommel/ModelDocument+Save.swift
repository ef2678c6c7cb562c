import Evaluation
import ModelTree

extension ModelDocument {
    /// Writes the native file of a model that was compiled from this document, with the document in it, so that PMML can be
    /// written from the file again.
    ///
    /// - Parameters:
    ///   - model: what ``model(named:)`` gave.
    ///   - modelName: the name with which it gave it.
    ///   - path: the file to write; it is replaced when all of it has been written.
    /// - Returns: a remark if PMML cannot say all that the document does, so that the file is without it.
    /// - Throws: ``PommelError`` when the file cannot be written.
    public func save(_ model: PommelRuntime.Model, named modelName: String? = nil, to path: String) throws(PommelError) -> ModelWarning? {
        guard let source = try only(modelName).source() else {
            try model.save(to: path)
            return ModelWarning(
                id: "source-left-out", message: "PMML cannot say all of the model, so that the file is without its document", place: .init(file: name))
        }
        let file = try OutputFile(path: path)
        try model.program.writing(source: source) { piece throws(PommelError) in try file.write(piece) }
        try file.commit()
        return nil
    }

    /// The document with no other model than the one that is compiled.
    private func only(_ modelName: String?) -> ModelDocument {
        guard document.models.count > 1 else { return self }
        var document = document
        let kept = document.models.first { modelName == nil ? $0.isScorable : $0.modelName == modelName }
        document.models = kept.map { [$0] } ?? []
        return ModelDocument(name: name, document: document, isStrict: isStrict)
    }
}
