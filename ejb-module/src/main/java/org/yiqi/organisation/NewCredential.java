package org.yiqi.organisation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What an organisation says of a credential; its file follows. */
public record NewCredential(
        String type,
        String number,
        String issuer,
        String scope,
        LocalDate validFrom,
        @Nullable LocalDate validTo) {}
