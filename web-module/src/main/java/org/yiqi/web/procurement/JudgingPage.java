package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.yiqi.procurement.Sheets;

/** The panels that the caller was asked to. */
@Named
@RequestScoped
public class JudgingPage {

    @Inject
    Sheets sheets;

    public List<Sheets.Task> getTasks() {
        return sheets.mine();
    }
}
