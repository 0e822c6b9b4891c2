package org.yiqi.web.telemetry;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.primefaces.model.LazyDataModel;
import org.yiqi.telemetry.RuleView;
import org.yiqi.telemetry.Rules;

/** The list of alert rules. */
@Named
@ViewScoped
public class RulesView implements Serializable {

    @Inject
    Rules rules;

    private final LazyDataModel<RuleView> rows = new Rows<>(
            query -> rules.list(query), query -> query, rule -> rule.id().toString());

    public LazyDataModel<RuleView> getRows() {
        return rows;
    }
}
