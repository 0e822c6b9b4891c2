package org.yiqi.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.LocalTime;

/** The overview: what waits for this person. */
@Named
@RequestScoped
public class HomeView {

    @Inject
    Clock clock;

    public String getGreetingKey() {
        int hour = LocalTime.now(clock.withZone(Formats.ZONE)).getHour();
        return hour < 12 ? "shell.home.morning" : hour < 18 ? "shell.home.afternoon" : "shell.home.evening";
    }
}
