package org.yiqi.procurement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yiqi.equipment.ModelView;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.StaleVersion;

/** Products as rows. What a search looks at stands in one column, written with the product. */
@ApplicationScoped
class ProductStore {

    @Inject
    Sql sql;

    Optional<ProductView> find(UUID id) {
        return sql.first("select * from procurement.product where id = ?", this::read, id);
    }

    private ProductView read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("id", UUID.class);
        return new ProductView(
                id,
                rs.getLong("version"),
                rs.getObject("supplier_id", UUID.class),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                rs.getString("manufacturer"),
                rs.getString("category"),
                rs.getString("device_class"),
                new ProductTerms(
                        rs.getObject("model_id", UUID.class),
                        rs.getString("description"),
                        Money.ofMinor(rs.getLong("price_minor"), rs.getString("currency")),
                        rs.getInt("warranty_months"),
                        rs.getInt("delivery_days"),
                        parameters(id),
                        certificates(id),
                        cases(id)),
                ProductState.valueOf(rs.getString("state")),
                rs.getInt("reviews"),
                rs.getBigDecimal("rating"),
                rs.getTimestamp("updated_at").toInstant(),
                Sql.instant(rs, "published_at"));
    }

    private List<Parameter> parameters(UUID product) {
        return sql.list(
                "select name, value from procurement.product_parameter where product_id = ? order by position",
                rs -> new Parameter(rs.getString(1), rs.getString(2)),
                product);
    }

    private List<Certificate> certificates(UUID product) {
        return sql.list(
                "select * from procurement.product_certificate where product_id = ? order by position",
                rs -> new Certificate(
                        Certificate.Kind.valueOf(rs.getString("kind")),
                        rs.getString("number"),
                        rs.getString("issuer"),
                        Sql.day(rs, "valid_to")),
                product);
    }

    private List<ClinicalCase> cases(UUID product) {
        return sql.list(
                "select * from procurement.product_case where product_id = ? order by position",
                rs -> new ClinicalCase(
                        rs.getString("site"), rs.getInt("year"), rs.getString("summary"), rs.getString("reference")),
                product);
    }

    void insert(UUID id, UUID supplier, UUID person, ModelView model, ProductTerms terms, Instant now) {
        sql.update(
                """
                insert into procurement.product(id, supplier_id, model_id, name_zh, name_en, manufacturer, category, device_class,
                  description, price_minor, currency, warranty_months, delivery_days, words, state, made_by, updated_at)
                values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,'DRAFT',?,?)""",
                id,
                supplier,
                model.id(),
                model.nameZh(),
                model.nameEn(),
                model.manufacturer(),
                model.category(),
                model.deviceClass(),
                terms.description().strip(),
                terms.price().minor(),
                terms.price().currency(),
                terms.warrantyMonths(),
                terms.deliveryDays(),
                words(model, terms),
                person,
                now);
        writeDetails(id, terms);
    }

    void change(UUID id, long seen, ModelView model, ProductTerms terms, Instant now) {
        StaleVersion.checkChanged(sql.update(
                """
                update procurement.product set version = version + 1, name_zh = ?, name_en = ?, manufacturer = ?, category = ?,
                  device_class = ?, description = ?, price_minor = ?, currency = ?, warranty_months = ?, delivery_days = ?,
                  words = ?, updated_at = ? where id = ? and version = ?""",
                model.nameZh(),
                model.nameEn(),
                model.manufacturer(),
                model.category(),
                model.deviceClass(),
                terms.description().strip(),
                terms.price().minor(),
                terms.price().currency(),
                terms.warrantyMonths(),
                terms.deliveryDays(),
                words(model, terms),
                now,
                id,
                seen));
        for (String detail : List.of("product_parameter", "product_certificate", "product_case")) {
            sql.update("delete from procurement." + detail + " where product_id = ?", id);
        }
        writeDetails(id, terms);
    }

    void move(UUID id, long seen, ProductState state, Instant now) {
        StaleVersion.checkChanged(sql.update("""
                update procurement.product set version = version + 1, state = ?, updated_at = ?,
                  published_at = case when ? = 'PUBLISHED' then cast(? as timestamptz) else published_at end
                where id = ? and version = ?""", state.name(), now, state.name(), now, id, seen));
    }

    private void writeDetails(UUID id, ProductTerms terms) {
        for (int i = 0; i < terms.parameters().size(); i++) {
            Parameter p = terms.parameters().get(i);
            sql.update(
                    "insert into procurement.product_parameter(product_id, position, name, value) values (?,?,?,?)",
                    id,
                    i,
                    p.name().strip(),
                    p.value().strip());
        }
        for (int i = 0; i < terms.certificates().size(); i++) {
            Certificate c = terms.certificates().get(i);
            sql.update(
                    "insert into procurement.product_certificate(product_id, position, kind, number, issuer, valid_to) values (?,?,?,?,?,?)",
                    id,
                    i,
                    c.kind().name(),
                    c.number().strip(),
                    c.issuer().strip(),
                    c.validTo());
        }
        for (int i = 0; i < terms.cases().size(); i++) {
            ClinicalCase c = terms.cases().get(i);
            sql.update(
                    "insert into procurement.product_case(product_id, position, site, year, summary, reference) values (?,?,?,?,?,?)",
                    id,
                    i,
                    c.site().strip(),
                    c.year(),
                    c.summary().strip(),
                    c.reference().strip());
        }
    }

    private static String words(ModelView model, ProductTerms terms) {
        return Stream.concat(
                        Stream.of(
                                model.nameZh(),
                                model.nameEn(),
                                model.manufacturer(),
                                model.modelNumber(),
                                model.gmdnName(),
                                terms.description().strip()),
                        terms.parameters().stream().map(p -> p.name() + " " + p.value()))
                .collect(Collectors.joining(" "));
    }
}
