package org.yiqi.web.telemetry;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.UUID;
import org.primefaces.model.LazyDataModel;
import org.yiqi.telemetry.DeadLetterView;
import org.yiqi.telemetry.DeadLetters;

/** The list of messages that could not be taken in. */
@Named
@ViewScoped
public class DeadLettersView implements Serializable {

    @Inject
    DeadLetters letters;

    private final LazyDataModel<DeadLetterView> rows = new Rows<>(
            query -> letters.list(query), query -> query, letter -> letter.id().toString());

    public LazyDataModel<DeadLetterView> getRows() {
        return rows;
    }

    public void replay(UUID id) {
        letters.replay(id);
    }
}
