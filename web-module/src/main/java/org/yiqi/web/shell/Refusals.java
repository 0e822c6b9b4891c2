package org.yiqi.web.shell;

import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UIInput;
import jakarta.faces.component.visit.VisitContext;
import jakarta.faces.component.visit.VisitResult;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.faces.event.PhaseId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.audit.Denials;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;

/**
 * What a service refuses, a page shows: an action that ends in a {@link BusinessException} leaves the page as it is, with what was
 * typed, and the text of {@code problem.<code>} above it and beside the fields that the refusal names. A page that cannot be shown
 * at all (not found, not permitted) becomes the error page of its status. Backing beans therefore catch nothing of this.
 */
public class Refusals extends ExceptionHandlerWrapper {

    public Refusals(ExceptionHandler wrapped) {
        super(wrapped);
    }

    @Override
    public void handle() {
        FacesContext faces = FacesContext.getCurrentInstance();
        for (Iterator<ExceptionQueuedEvent> events =
                        getUnhandledExceptionQueuedEvents().iterator();
                events.hasNext(); ) {
            ExceptionQueuedEvent event = events.next();
            Throwable thrown = event.getContext().getException();
            BusinessException refusal = refusal(thrown);
            if (refusal instanceof NotPermitted) {
                CDI.current()
                        .select(Denials.class)
                        .get()
                        .note(
                                refusal.code(),
                                "page " + faces.getExternalContext().getRequestServletPath());
            }
            if (refusal != null && answered(faces, refusal, event.getContext().getPhaseId())) {
                events.remove();
            }
        }
        super.handle();
    }

    private static @Nullable BusinessException refusal(@Nullable Throwable thrown) {
        for (Throwable t = thrown; t != null && t != t.getCause(); t = t.getCause()) {
            if (t instanceof EJBAccessException || t instanceof AccessLocalException) {
                return new NotPermitted("shared.not-permitted", "Your roles do not allow this");
            }
        }
        return DatabaseRefusals.in(thrown);
    }

    private static boolean answered(FacesContext faces, BusinessException refusal, @Nullable PhaseId phase) {
        boolean rendering = PhaseId.RENDER_RESPONSE.equals(phase);
        if (faces.isPostback() && !rendering) {
            show(faces, refusal);
            return true;
        }
        ExternalContext external = faces.getExternalContext();
        if (external.isResponseCommitted() || faces.getPartialViewContext().isAjaxRequest()) {
            return false;
        }
        int status = refusal instanceof NotFound ? 404 : refusal instanceof NotPermitted ? 403 : 0;
        if (status == 0) {
            if (rendering) {
                return false;
            }
            show(faces, refusal);
            return true;
        }
        try {
            external.responseReset();
            external.responseSendError(status, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        faces.responseComplete();
        return true;
    }

    private static void show(FacesContext faces, BusinessException refusal) {
        Texts texts = CDI.current().select(Texts.class).get();
        Lang lang = CDI.current().select(Language.class).get().get();
        String found = texts.find(lang, "problem." + refusal.code());
        String text = found != null ? found : String.valueOf(refusal.getMessage());
        faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, text, text));
        for (BusinessException.FieldError error : refusal.errors()) {
            String field = error.pointer().substring(error.pointer().lastIndexOf('/') + 1);
            UIInput input = find(faces, field);
            if (input != null) {
                String special = texts.find(lang, "problem." + refusal.code() + "." + field);
                String detail = special != null ? special : texts.text(lang, "shell.field.check");
                input.setValid(false);
                faces.addMessage(
                        input.getClientId(faces), new FacesMessage(FacesMessage.SEVERITY_ERROR, detail, detail));
            }
        }
        faces.validationFailed();
        faces.renderResponse();
    }

    private static @Nullable UIInput find(FacesContext faces, String id) {
        AtomicReference<@Nullable UIInput> found = new AtomicReference<>();
        faces.getViewRoot().visitTree(VisitContext.createVisitContext(faces), (context, component) -> {
            if (component instanceof UIInput input && id.equals(((UIComponent) input).getId())) {
                found.set(input);
                return VisitResult.COMPLETE;
            }
            return VisitResult.ACCEPT;
        });
        return found.get();
    }

    /** Registered in faces-config, outermost. */
    public static class Factory extends ExceptionHandlerFactory {

        public Factory(ExceptionHandlerFactory wrapped) {
            super(wrapped);
        }

        @Override
        public ExceptionHandler getExceptionHandler() {
            return new Refusals(getWrapped().getExceptionHandler());
        }
    }
}
