package org.yiqi.web.oversight;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.Board;
import org.yiqi.oversight.BoardView;

/** The regulator's board, as it is now. */
@Named
@RequestScoped
public class BoardPage {

    @Inject
    Board board;

    private @Nullable BoardView view;

    public BoardView getView() {
        BoardView known = view;
        if (known == null) {
            known = board.get();
            view = known;
        }
        return known;
    }
}
