package org.yiqi.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.omnifaces.exceptionhandler.FullAjaxExceptionHandler;

/** What an error page says: the number under which the failure is in the log, and the way to try again. */
@Named
@RequestScoped
public class Incident {

    @Inject
    HttpServletRequest request;

    public String getId() {
        Object id = request.getAttribute(FullAjaxExceptionHandler.EXCEPTION_UUID);
        return id == null ? "" : id.toString();
    }

    /** The page that failed. */
    public String getRetry() {
        return Preferences.address(request);
    }
}
