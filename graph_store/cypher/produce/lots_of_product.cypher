// lots_of_product: the lots of a product that are offered
// parameters: product_id text
// returns: lot_id text
MATCH (:Product {id: $product_id})<-[:OF_PRODUCT]-(s:SupplyLot) WHERE s.lot_status IN ['open', 'part_sold']
RETURN s.id AS lot_id ORDER BY lot_id
