import CPommel

/// One column of an Arrow array, as its schema says: where its cells lie.
///
/// https://arrow.apache.org/docs/format/CDataInterface.html, https://arrow.apache.org/docs/format/Columnar.html
final class ArrowColumn: @unchecked Sendable {
    let name: String
    let layout: ArrowLayout
    /// Cells before the first one of ours.
    let offset: Int
    let length: Int
    /// A bit for each cell; nil if none is missing.
    let validity: UnsafePointer<UInt8>?
    /// Values, or the offsets of texts and lists, or the views of texts.
    let values: UnsafeRawPointer?
    /// The bytes of texts.
    let bytes: UnsafePointer<UInt8>?
    /// The blocks of bytes of string views.
    let blocks: [UnsafePointer<UInt8>?]
    /// The values of a dictionary, or the elements of lists.
    let inner: ArrowColumn?

    /// - Parameters:
    ///   - offset: cells before the first one of ours, those that the array itself leaves out not counted.
    ///   - length: how many cells to read; nil takes all.
    /// - Throws: ``ArrowError`` when the array is not laid out as its schema says, or in a way that is not read.
    init(_ schema: ArrowSchema, _ array: ArrowArray, offset: Int = 0, length: Int? = nil) throws(ArrowError) {
        let name = schema.name.map { String(cString: $0) } ?? ""
        self.name = name
        let format = schema.format.map { String(cString: $0) } ?? ""
        let index = ArrowLayout(format)
        guard let index else { throw ArrowError(id: "arrow-type", message: "columns of Arrow's type \"\(format)\" are not read", field: name) }
        layout = schema.dictionary == nil ? index : .dictionary(index.stride)
        guard array.offset >= 0, array.length >= 0, array.n_buffers >= index.bufferCount else {
            throw ArrowError(id: "arrow-array", message: "the array has not the buffers of its type", field: name)
        }
        self.offset = Int(array.offset) + offset
        self.length = length ?? Int(array.length)
        guard offset >= 0, self.length >= 0, offset + self.length <= Int(array.length) else {
            throw ArrowError(id: "arrow-array", message: "the array is shorter than its table", field: name)
        }
        let buffers = array.buffers
        func buffer(_ index: Int) -> UnsafeRawPointer? { index < array.n_buffers ? buffers?[index] : nil }
        validity = index == .null || array.null_count == 0 ? nil : buffer(0).map { $0.assumingMemoryBound(to: UInt8.self) }
        values = buffer(1)
        bytes = index.isText ? buffer(2).map { $0.assumingMemoryBound(to: UInt8.self) } : nil
        guard values != nil || index == .null || self.length == 0 else {
            throw ArrowError(id: "arrow-array", message: "the array has no values", field: name)
        }
        if index == .textView, array.n_buffers > 3 {
            // The last buffer holds the sizes of the blocks.
            blocks = (2..<Int(array.n_buffers) - 1).map { buffer($0).map { $0.assumingMemoryBound(to: UInt8.self) } }
        } else {
            blocks = []
        }
        if let dictionary = schema.dictionary {
            guard let values = array.dictionary, index.isWholeNumber else {
                throw ArrowError(id: "arrow-array", message: "the array has no dictionary", field: name)
            }
            inner = try ArrowColumn(dictionary.pointee, values.pointee)
        } else if index.isList {
            guard schema.n_children == 1, array.n_children == 1, let type = schema.children?[0], let items = array.children?[0] else {
                throw ArrowError(id: "arrow-array", message: "the list has no elements' column", field: name)
            }
            inner = try ArrowColumn(type.pointee, items.pointee)
        } else {
            inner = nil
        }
    }

    /// A plain column of C: doubles, or pointers to texts.
    init(name: String, _ layout: ArrowLayout, _ values: UnsafeRawPointer?, length: Int) {
        self.name = name
        self.layout = layout
        self.values = values
        self.length = length
        offset = 0
        validity = nil
        bytes = nil
        blocks = []
        inner = nil
    }

    /// Whether a cell has a value; `row` counts from the first cell of ours.
    @inline(__always)
    func isValid(_ row: Int) -> Bool {
        guard let validity else { return layout != .null }
        let index = row + offset
        return validity[index >> 3] >> UInt8(index & 7) & 1 != 0
    }
}

/// What is wrong with a table that was given as Arrow arrays.
struct ArrowError: Error {
    var id: String
    var message: String
    /// The column.
    var field: String?
}
