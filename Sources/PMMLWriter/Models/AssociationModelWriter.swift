// https://dmg.org/pmml/v4-4-1/AssociationRules.html
import ModelTree

extension DocumentWriter {
    func writeAttributes(_ association: AssociationModel) {
        // Required, whether or not anybody knows them.
        out.attribute("numberOfTransactions", integer: association.numberOfTransactions ?? 0)
        out.attribute("minimumSupport", share: association.minimumSupport ?? 0)
        out.attribute("minimumConfidence", share: association.minimumConfidence ?? 0)
        out.attribute("numberOfItems", integer: association.items.count)
        out.attribute("numberOfItemsets", integer: association.itemsets.count)
        out.attribute("numberOfRules", integer: association.rules.count)
    }

    func write(_ association: AssociationModel) {
        for item in association.items { write(item) }
        for itemset in association.itemsets { write(itemset) }
        for rule in association.rules {
            out.element("AssociationRule", at: rule.location) {
                out.attribute("antecedent", rule.antecedent)
                out.attribute("consequent", rule.consequent)
                out.attribute("support", share: rule.support)
                out.attribute("confidence", share: rule.confidence)
                out.attribute("lift", number: rule.lift)
                out.attribute("leverage", number: rule.leverage)
                out.attribute("affinity", share: rule.affinity)
                out.attribute("id", rule.id)
            }
        }
    }

    func write(_ item: Item) {
        out.element("Item") {
            out.attribute("id", item.id)
            out.attribute("value", item.value)
            out.attribute("field", item.field)
            out.attribute("category", item.category)
            out.attribute("mappedValue", item.mappedValue)
            out.attribute("weight", number: item.weight)
        }
    }

    func write(_ itemset: Itemset) {
        out.element("Itemset", at: itemset.location) {
            out.attribute("id", itemset.id)
            out.attribute("support", share: itemset.support)
            out.attribute("numberOfItems", integer: itemset.items.count)
            for item in itemset.items { out.element("ItemRef") { out.attribute("itemRef", item) } }
        }
    }
}
