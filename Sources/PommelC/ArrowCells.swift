#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Single cells of a column; columns of numbers are read whole, see ``ColumnFiller``.
extension ArrowColumn {
    /// What a cell says; `row` counts from the first cell of ours and lies within the length.
    func cell(_ row: Int) -> CellValue {
        guard isValid(row), let values else { return .missing }
        let index = row + offset
        @inline(__always) func at<T>(_ type: T.Type) -> T { values.loadUnaligned(fromByteOffset: index * MemoryLayout<T>.stride, as: type) }
        switch layout {
        case .null, .list, .largeList: return .missing
        case .boolean: return .boolean(at8(values, index >> 3) >> UInt8(index & 7) & 1 != 0)
        case .int8: return .integer(Int64(at(Int8.self)))
        case .uint8: return .integer(Int64(at(UInt8.self)))
        case .int16: return .integer(Int64(at(Int16.self)))
        case .uint16: return .integer(Int64(at(UInt16.self)))
        case .int32: return .integer(Int64(at(Int32.self)))
        case .uint32: return .integer(Int64(at(UInt32.self)))
        case .int64: return .integer(at(Int64.self))
        case .uint64:
            let value = at(UInt64.self)
            return Int64(exactly: value).map { .integer($0) } ?? .number(Double(value))
        case .float16: return .number(ArrowColumn.float16(at(UInt16.self)))
        case .float32: return .number(Double(at(Float.self)))
        case .float64: return .number(at(Double.self))
        case .text, .largeText, .textView: return text(index).map { .text($0) } ?? .missing
        case .pointers:
            guard let text = at(UnsafePointer<UInt8>?.self) else { return .missing }
            return .text(UnsafeBufferPointer(start: text, count: strlen(UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self))))
        case .date32: return .date(Double(at(Int32.self)))
        case .date64: return .date((Double(at(Int64.self)) / 86_400_000).rounded(.down))
        case .time32(let units): return .time(Double(at(Int32.self)) / units)
        case .time64(let units): return .time(Double(at(Int64.self)) / units)
        case .timestamp(let units): return .dateTime(Double(at(Int64.self)) / units)
        case .decimal(let width, let scale): return .decimal(ArrowDecimal(values + index * width, width: width, scale: scale))
        case .dictionary:
            guard let inner, let place = dictionaryIndex(row) else { return .missing }
            return inner.cell(place)
        }
    }

    /// The place of a cell of a dictionary column in the dictionary; nil when it is missing, or lies beyond the dictionary.
    func dictionaryIndex(_ row: Int) -> Int? {
        guard isValid(row), let values, let inner, case .dictionary(let stride) = layout else { return nil }
        let index = row + offset
        @inline(__always) func at<T: BinaryInteger>(_ type: T.Type) -> Int? {
            Int(exactly: values.loadUnaligned(fromByteOffset: index * MemoryLayout<T>.stride, as: type))
        }
        let place: Int? =
            switch stride {
            case .int8: at(Int8.self)
            case .uint8: at(UInt8.self)
            case .int16: at(Int16.self)
            case .uint16: at(UInt16.self)
            case .int32: at(Int32.self)
            case .uint32: at(UInt32.self)
            case .int64: at(Int64.self)
            case .uint64: at(UInt64.self)
            case .none: nil
            }
        guard let place, place >= 0, place < inner.length else { return nil }
        return place
    }

    /// The elements of a cell of a list column.
    func items(_ row: Int) -> Range<Int> {
        guard isValid(row), let values, let inner else { return 0..<0 }
        let index = row + offset
        let (start, end): (Int, Int)
        if layout == .list {
            start = Int(values.loadUnaligned(fromByteOffset: index * 4, as: Int32.self))
            end = Int(values.loadUnaligned(fromByteOffset: index * 4 + 4, as: Int32.self))
        } else {
            start = Int(values.loadUnaligned(fromByteOffset: index * 8, as: Int64.self))
            end = Int(values.loadUnaligned(fromByteOffset: index * 8 + 8, as: Int64.self))
        }
        return start >= 0 && start <= end && end <= inner.length ? start..<end : 0..<0
    }

    /// The bytes of a text, by its place in the buffers.
    private func text(_ index: Int) -> UnsafeBufferPointer<UInt8>? {
        guard let values else { return nil }
        if layout == .textView { return view(values + index * 16) }
        let (start, end): (Int, Int)
        if layout == .text {
            start = Int(values.loadUnaligned(fromByteOffset: index * 4, as: Int32.self))
            end = Int(values.loadUnaligned(fromByteOffset: index * 4 + 4, as: Int32.self))
        } else {
            start = Int(values.loadUnaligned(fromByteOffset: index * 8, as: Int64.self))
            end = Int(values.loadUnaligned(fromByteOffset: index * 8 + 8, as: Int64.self))
        }
        guard start >= 0, start < end, let bytes else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: bytes + start, count: end - start)
    }

    /// A view is a length and either up to twelve bytes or a prefix, the number of a block and a place in it.
    private func view(_ view: UnsafeRawPointer) -> UnsafeBufferPointer<UInt8>? {
        let length = Int(view.loadUnaligned(as: Int32.self))
        if length <= 0 { return UnsafeBufferPointer(start: nil, count: 0) }
        if length <= 12 { return UnsafeBufferPointer(start: (view + 4).assumingMemoryBound(to: UInt8.self), count: length) }
        let block = Int(view.loadUnaligned(fromByteOffset: 8, as: Int32.self))
        let start = Int(view.loadUnaligned(fromByteOffset: 12, as: Int32.self))
        guard blocks.indices.contains(block), start >= 0, let base = blocks[block] else { return nil }
        return UnsafeBufferPointer(start: base + start, count: length)
    }

    @inline(__always)
    private func at8(_ values: UnsafeRawPointer, _ index: Int) -> UInt8 { values.load(fromByteOffset: index, as: UInt8.self) }

    /// A binary16, which Swift has not on every machine.
    static func float16(_ bits: UInt16) -> Double {
        let sign = bits >> 15 == 0 ? 1.0 : -1.0
        let exponent = Int(bits >> 10 & 31)
        let fraction = Double(bits & 1023)
        if exponent == 31 { return fraction == 0 ? sign * .infinity : .nan }
        if exponent == 0 { return sign * fraction * 0x1p-24 }
        return sign * (1024 + fraction) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
    }
}
