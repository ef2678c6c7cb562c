import CPommel
import Evaluation

/// Results as columns to hand on.
extension ResultColumn {
    /// The type alone.
    static func type(of field: ResultField) -> ExportedColumn {
        if field.register.kind == .list {
            return ExportedColumn(name: field.name, format: "+l", children: [ExportedColumn(name: "item", format: ResultType(field.elementType ?? field.type).format)])
        }
        return ExportedColumn(name: field.name, format: ResultType(field.register.kind == .text ? .string : field.type).format)
    }

    /// The whole column; call it once, when all workers are done.
    ///
    /// - Throws: ``ArrowError`` when there are more texts than one array holds.
    func exported() throws(ArrowError) -> ExportedColumn {
        var column = ExportedColumn(name: name, format: ResultType(type).format, length: rows)
        let (validity, missing) = ArrowMemory.bits(isPresent, rows)
        column.nullCount = missing
        // Whoever looks at a column without missing cells need not look at bits.
        if missing == 0 { validity.deallocate() }
        column.buffers = [missing == 0 ? nil : validity]
        do throws(ArrowError) {
            switch kind {
            case .number:
                if type == .boolean, let values {
                    column.buffers.append(ArrowMemory.bits(UnsafePointer(values.assumingMemoryBound(to: UInt8.self)), rows).bits)
                } else {
                    column.buffers.append(takeValues())
                }
            case .text:
                column.format = "u"
                column.buffers.append(try ArrowMemory.offsets(parts.map(\.lengths), name))
                column.buffers.append(ArrowMemory.bytes(parts))
            case .list:
                column.format = "+l"
                column.buffers.append(try ArrowMemory.offsets(parts.map(\.lengths), name))
                column.children = [try exportedItems()]
            }
        } catch {
            for buffer in column.buffers { buffer?.deallocate() }
            throw error
        }
        return column
    }

    private func exportedItems() throws(ArrowError) -> ExportedColumn {
        var column = ExportedColumn(name: "item", format: ResultType(type).format, buffers: [nil])
        if type == .string {
            column.buffers.append(try ArrowMemory.offsets(parts.map(\.itemLengths), name))
            column.buffers.append(ArrowMemory.bytes(parts))
            column.length = parts.reduce(0) { $0 + $1.itemLengths.count }
            return column
        }
        let items = parts.flatMap(\.items)
        let kind = ResultType(type)
        let values = ArrowMemory.block(items.count * kind.width)
        let present = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, items.count))
        defer { present.deallocate() }
        present.initialize(repeating: 1, count: items.count)
        items.withUnsafeBufferPointer { items in
            if let base = items.baseAddress { kind.store(base, present, count: items.count, in: values, at: 0) }
        }
        column.length = items.count
        if kind == .boolean {
            column.buffers.append(ArrowMemory.bits(UnsafePointer(values.assumingMemoryBound(to: UInt8.self)), items.count).bits)
            values.deallocate()
        } else {
            column.buffers.append(values)
        }
        return column
    }
}

extension TableScorer.Outcome {
    /// The results as one table.
    func exported() throws(ArrowError) -> ExportedColumn {
        var table = ExportedColumn(name: "", format: "+s", length: rows, buffers: [nil])
        do throws(ArrowError) {
            for column in columns { table.children.append(try column.exported()) }
            if let errorColumn { table.children.append(try exportedErrors(errorColumn)) }
        } catch {
            // Memory that no one will be given.
            var array = table.array()
            array.release?(&array)
            throw error
        }
        return table
    }

    private func exportedErrors(_ name: String) throws(ArrowError) -> ExportedColumn {
        let part = ResultColumn.Part()
        let present = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, rows))
        defer { present.deallocate() }
        present.initialize(repeating: 0, count: rows)
        part.lengths = [Int](repeating: 0, count: rows)
        for row in errors.keys.sorted() where row < rows {
            let text = errors[row] ?? ""
            part.bytes.append(text)
            part.lengths[row] = text.utf8.count
            present[row] = 1
        }
        let offsets = try ArrowMemory.offsets([part.lengths], name)
        let (validity, missing) = ArrowMemory.bits(present, rows)
        return ExportedColumn(
            name: name, format: "u", length: rows, nullCount: missing, buffers: [validity, offsets, ArrowMemory.bytes([part])])
    }
}

/// Blocks of memory as Arrow wants them: aligned to 64 bytes.
enum ArrowMemory {
    static func block(_ count: Int) -> UnsafeMutableRawPointer { .allocate(byteCount: max(64, count), alignment: 64) }

    /// A bit for each byte, which is 0 or 1, and how many are not set.
    static func bits(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (bits: UnsafeMutableRawPointer, unset: Int) {
        let size = (count + 7) / 8
        let memory = block(size)
        let bits = memory.bindMemory(to: UInt8.self, capacity: max(64, size))
        let source = UnsafeRawPointer(bytes)
        var set = 0
        for place in 0..<count / 8 {
            // The product gathers the lowest bits of eight bytes in its highest byte, the first one lowest.
            let eight = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self)) & 0x0101_0101_0101_0101
            set += eight.nonzeroBitCount
            bits[place] = UInt8(truncatingIfNeeded: (eight &* 0x0102_0408_1020_4080) >> 56)
        }
        if count % 8 != 0 {
            var last: UInt8 = 0
            for bit in 0..<count % 8 where bytes[count - count % 8 + bit] != 0 {
                last |= 1 << UInt8(bit)
                set += 1
            }
            bits[size - 1] = last
        }
        return (memory, count - set)
    }

    /// Running sums of lengths in 32 bits.
    static func offsets(_ lengths: [[Int]], _ name: String) throws(ArrowError) -> UnsafeMutableRawPointer {
        let count = lengths.reduce(0) { $0 + $1.count }
        let memory = block((count + 1) * 4)
        let offsets = memory.bindMemory(to: Int32.self, capacity: max(16, count + 1))
        var (at, index) = (0, 1)
        offsets[0] = 0
        for part in lengths {
            for length in part {
                at += length
                guard let offset = Int32(exactly: at) else {
                    memory.deallocate()
                    throw ArrowError(id: "arrow-too-long", message: "a column of texts takes more than 2 GB; score the table in smaller chunks", field: name)
                }
                offsets[index] = offset
                index += 1
            }
        }
        return memory
    }

    static func bytes(_ parts: [ResultColumn.Part]) -> UnsafeMutableRawPointer {
        let memory = block(parts.reduce(0) { $0 + $1.bytes.count })
        var at = 0
        for part in parts {
            part.bytes.withBytes { bytes in
                if let base = bytes.baseAddress { (memory + at).copyMemory(from: base, byteCount: bytes.count) }
                at += bytes.count
            }
        }
        return memory
    }
}
