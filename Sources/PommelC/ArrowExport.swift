#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import CPommel

/// A column to hand on through Arrow's C interface: its type, and its memory, which goes with it.
struct ExportedColumn {
    var name: String
    var format: StaticString
    var length = 0
    var nullCount = 0
    /// Memory that the array will free; nil where a buffer is not needed.
    var buffers: [UnsafeMutableRawPointer?] = []
    var children: [ExportedColumn] = []

    /// Its type as Arrow's structure, to be released by whoever gets it.
    func schema(isNullable: Bool = true) -> ArrowSchema {
        var schema = ArrowSchema()
        schema.format = UnsafePointer(strdup(String(describing: format)))
        schema.name = UnsafePointer(strdup(name))
        schema.flags = isNullable ? Int64(ARROW_FLAG_NULLABLE) : 0
        schema.n_children = Int64(children.count)
        schema.children = ArrowChildren.make(children.map { $0.schema() })
        schema.release = { schema in
            guard let schema, schema.pointee.release != nil else { return }
            free(UnsafeMutableRawPointer(mutating: schema.pointee.format))
            free(UnsafeMutableRawPointer(mutating: schema.pointee.name))
            ArrowChildren.free(schema.pointee.children, schema.pointee.n_children) { $0.pointee.release?($0) }
            schema.pointee.release = nil
        }
        return schema
    }

    /// Its cells as Arrow's structure, to be released by whoever gets it.
    func array() -> ArrowArray {
        var array = ArrowArray()
        array.length = Int64(length)
        array.null_count = Int64(nullCount)
        array.n_buffers = Int64(buffers.count)
        let pointers = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: max(1, buffers.count))
        for (index, buffer) in buffers.enumerated() { (pointers + index).initialize(to: buffer.map { UnsafeRawPointer($0) }) }
        array.buffers = pointers
        array.n_children = Int64(children.count)
        array.children = ArrowChildren.make(children.map { $0.array() })
        array.release = { array in
            guard let array, array.pointee.release != nil else { return }
            if let buffers = array.pointee.buffers {
                for index in 0..<Int(array.pointee.n_buffers) { UnsafeMutableRawPointer(mutating: buffers[index])?.deallocate() }
                buffers.deallocate()
            }
            ArrowChildren.free(array.pointee.children, array.pointee.n_children) { $0.pointee.release?($0) }
            array.pointee.release = nil
        }
        return array
    }
}

/// The children of a structure of Arrow's: pointers to structures, each in memory of its own.
private enum ArrowChildren {
    typealias Pointers<Structure> = UnsafeMutablePointer<UnsafeMutablePointer<Structure>?>

    /// - Returns: nil for none.
    static func make<Structure>(_ children: [Structure]) -> Pointers<Structure>? {
        if children.isEmpty { return nil }
        let pointers = Pointers<Structure>.allocate(capacity: children.count)
        for (index, child) in children.enumerated() {
            let pointer = UnsafeMutablePointer<Structure>.allocate(capacity: 1)
            pointer.initialize(to: child)
            (pointers + index).initialize(to: pointer)
        }
        return pointers
    }

    /// - Parameter release: releases a child, unless it was moved away and is its new owner's.
    static func free<Structure>(_ pointers: Pointers<Structure>?, _ count: Int64, _ release: (UnsafeMutablePointer<Structure>) -> Void) {
        guard let pointers else { return }
        for index in 0..<Int(count) {
            guard let child = pointers[index] else { continue }
            release(child)
            child.deallocate()
        }
        pointers.deallocate()
    }
}
