import ModelTree

/// Numbers the different texts among the slices of a tree, without a string for each slice.
struct SliceTexts {
    private let nodes: TreeNodes
    /// The texts in the order of their first appearance.
    private(set) var texts: [String] = []
    private var firstSlices: [TreeNodes.Slice] = []
    private var others: [[UInt8]: Int] = [:]
    /// So many texts are compared in turn; a tree of classes rarely has more.
    static let fewTexts = 16

    init(_ nodes: TreeNodes) { self.nodes = nodes }

    /// The number of a slice's text; nil for an absent slice.
    @discardableResult
    mutating func number(of slice: TreeNodes.Slice) -> Int? {
        if slice.isAbsent || slice.isNumber || Int(slice.offset) + Int(slice.length) > nodes.text.count { return nil }
        let found = nodes.text.withUnsafeBufferPointer { text in
            firstSlices.firstIndex { other in
                guard other.length == slice.length else { return false }
                for index in 0..<Int(slice.length) where text[Int(other.offset) + index] != text[Int(slice.offset) + index] { return false }
                return true
            }
        }
        if let found { return found }
        if firstSlices.count < Self.fewTexts {
            firstSlices.append(slice)
            texts.append(nodes.string(slice) ?? "")
            return texts.count - 1
        }
        let bytes = Array(nodes.text[Int(slice.offset)..<Int(slice.offset) + Int(slice.length)])
        if let known = others[bytes] { return known }
        others[bytes] = texts.count
        texts.append(String(decoding: bytes, as: UTF8.self))
        return texts.count - 1
    }
}
