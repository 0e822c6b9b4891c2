package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.People;
import org.yiqi.organisation.PersonView;
import org.yiqi.shared.list.ListQuery;

/** People of the buyer who may sit on a panel beside the experts. */
@Named
@RequestScoped
public class RepresentativeChoice {

    @Inject
    People people;

    private @Nullable List<PersonView> all;

    public List<PersonView> getAll() {
        List<PersonView> read = all;
        if (read == null) {
            read = people.list(ListQuery.all().where("active", "true")).items();
            all = read;
        }
        return read;
    }
}
