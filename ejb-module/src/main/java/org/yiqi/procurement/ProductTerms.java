package org.yiqi.procurement;

import java.util.List;
import java.util.UUID;
import org.yiqi.shared.Money;

/**
 * What a supplier says of a model that it offers.
 *
 * @param price the list price of one, without what a tender may bring
 * @param warrantyMonths 0 to 240
 * @param deliveryDays from the order, 0 to 720
 */
public record ProductTerms(
        UUID modelId,
        String description,
        Money price,
        int warrantyMonths,
        int deliveryDays,
        List<Parameter> parameters,
        List<Certificate> certificates,
        List<ClinicalCase> cases) {

    public ProductTerms {
        parameters = List.copyOf(parameters);
        certificates = List.copyOf(certificates);
        cases = List.copyOf(cases);
    }
}
