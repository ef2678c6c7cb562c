internal import CLibXML2

/// What libxml2 is told that every general entity of a document means: one character that XML forbids.
///
/// As an entity of the predefined kind libxml2 copies its one byte and looks no further, neither for a nested entity nor
/// for a file, so a document full of entities costs no more than its own bytes.
final class EntityMark {
    let entity: UnsafeMutablePointer<xmlEntity>
    private let content: UnsafeMutablePointer<UInt8>

    init() {
        content = .allocate(capacity: 2)
        content[0] = XMLBytes.entityReferenceMark
        content[1] = 0
        entity = .allocate(capacity: 1)
        entity.initialize(to: xmlEntity())
        entity.pointee.type = XML_ENTITY_DECL
        entity.pointee.name = UnsafePointer(content)
        entity.pointee.content = content
        entity.pointee.orig = content
        entity.pointee.length = 1
        entity.pointee.etype = XML_INTERNAL_PREDEFINED_ENTITY
    }

    deinit {
        entity.deallocate()
        content.deallocate()
    }
}
